import { openEndpoint } from '../../lib/http/endpoint.ts';
import { urlOf } from '../../lib/http/event.ts';

/**
 * GET /.well-known/authzen-configuration: where what is, by the host that the request came to. AuthZEN section
 * 9. No capabilities: there is no registered one that says that properties are ignored.
 */
export const handler = openEndpoint('authzen.configuration', {
  handle: async ({ event }) => {
    const base = urlOf(event).replace(/\/\.well-known\/authzen-configuration\/?$/, '');
    return {
      status: 200,
      body: {
        policy_decision_point: base,
        access_evaluation_endpoint: `${base}/access/v1/evaluation`,
        access_evaluations_endpoint: `${base}/access/v1/evaluations`,
        search_subject_endpoint: `${base}/access/v1/search/subject`,
        search_resource_endpoint: `${base}/access/v1/search/resource`,
        search_action_endpoint: `${base}/access/v1/search/action`,
      },
    };
  },
});
