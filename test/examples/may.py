import json
import os
import urllib.request


def may(username, action, resource_type, resource_id):
    """Whether a user may do an action to a resource. Raises if Bailiwick does not answer: do not let pass then."""
    request = urllib.request.Request(
        os.environ["BAILIWICK_URL"] + "/access/v1/evaluation",
        headers={
            "Authorization": "Bearer " + os.environ["BAILIWICK_KEY"],
            "Content-Type": "application/json",
        },
        data=json.dumps({
            "subject": {"type": "user", "id": username},
            "action": {"name": action},
            "resource": {"type": resource_type, "id": resource_id},
        }).encode(),
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.load(response)["decision"] is True
