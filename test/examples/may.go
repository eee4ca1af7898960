package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"
)

// may says whether a user may do an action to a resource. On an error it may not.
func may(username, action, resourceType, resourceID string) (bool, error) {
	body, _ := json.Marshal(map[string]any{
		"subject":  map[string]string{"type": "user", "id": username},
		"action":   map[string]string{"name": action},
		"resource": map[string]string{"type": resourceType, "id": resourceID},
	})
	req, err := http.NewRequest("POST", os.Getenv("BAILIWICK_URL")+"/access/v1/evaluation", bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	req.Header.Set("Authorization", "Bearer "+os.Getenv("BAILIWICK_KEY"))
	req.Header.Set("Content-Type", "application/json")
	client := &http.Client{Timeout: 5 * time.Second}
	resp, err := client.Do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return false, fmt.Errorf("Bailiwick answered %s", resp.Status)
	}
	var answer struct{ Decision bool }
	err = json.NewDecoder(resp.Body).Decode(&answer)
	return answer.Decision, err
}
