import {
  actionsSchema,
  configurationSchema,
  decisionSchema,
  decisionsSchema,
  resourcesSchema,
  subjectsSchema,
} from '../answers.ts';
import { type Operation, read as permission } from '../operation.ts';

const subject = { type: 'user', id: 'johndoe' };
const resource = { type: 'table', id: 'orders_table' };
const [read, write] = [{ name: 'read' }, { name: 'write' }];

const permitted = {
  decision: true,
  context: {
    reason: 'johndoe is granted read on table "orders_table".',
    grant: permission,
  },
};
const denied = {
  decision: false,
  context: { reason: 'johndoe is not granted write on table "orders_table".' },
};

const meaning = {
  subject: 'Who: a `user` by its name.',
  action: 'Does what: `read`, `write` or `admin`.',
  resource: 'To what: a resource type and a resource.',
  context: 'Accepted, and means nothing here: a decision rests on grants alone.',
};
const page = 'Which page of the results, and how long it is.';
const asking = 'To be the subject; or `read` on that user; or `admin` on the resource.';
const mayNotAsk =
  'To ask about johndoe needs the permission read on user "johndoe", or admin on table "orders_table".';
const notJson = 'Send the body as JSON, with the header Content-Type: application/json.';
const token = 'page.token must be the next_token of the page before, of the same search.';

export const authzen: Record<string, Operation> = {
  'authzen/evaluation': {
    id: 'evaluate',
    summary: 'Decide whether X may do Y to Z',
    description:
      'Access Evaluation of OpenID AuthZEN Authorization API 1.0. What is not known is a denial, not an error. A token with a scope is answered about its own user for what the token may do.',
    needs: asking,
    members: meaning,
    request: { body: { subject, action: read, resource } },
    answer: {
      status: 200,
      description: 'The decision, and why it is so.',
      schema: decisionSchema,
      example: permitted,
    },
    refusals: { 400: ['subject is missing.', notJson], 403: [mayNotAsk] },
  },

  'authzen/evaluations': {
    id: 'evaluateMany',
    summary: 'Decide many at once',
    description:
      'Access Evaluations of OpenID AuthZEN Authorization API 1.0: up to 1,000 decisions. Members beside `evaluations` are defaults, which each evaluation may replace whole. One that is malformed, or that the caller may not ask, is denied and says why. Without `evaluations` it is a single evaluation.',
    needs: `${asking} Where that is missing, that one is denied, saying so.`,
    members: {
      subject: 'Who, where an evaluation does not say it: a `user` by its name.',
      action: 'Does what, where an evaluation does not say it: `read`, `write` or `admin`.',
      resource: 'To what, where an evaluation does not say it.',
      context: meaning.context,
      evaluations:
        'What each evaluation says itself: any of `subject`, `action`, `resource` and `context`.',
      options: 'How evaluations follow each other.',
    },
    rule: {
      anyOf: [
        { properties: { evaluations: { type: 'array', minItems: 1 } }, required: ['evaluations'] },
        { required: ['subject', 'action', 'resource'] },
      ],
    },
    request: {
      body: {
        subject,
        resource,
        evaluations: [{ action: read }, { action: write }],
        options: { evaluations_semantic: 'execute_all' },
      },
    },
    answer: {
      status: 200,
      description: 'The decisions, in the order of the evaluations; or the single one.',
      schema: decisionsSchema,
      example: { evaluations: [permitted, denied] },
    },
    refusals: {
      400: ['evaluations must be a list of at most 1000 evaluations.', notJson],
      403: [mayNotAsk],
    },
  },

  'authzen/search-subject': {
    id: 'searchSubjects',
    summary: 'Find who may do Y to Z',
    description:
      'Subject Search of OpenID AuthZEN Authorization API 1.0: the users who may do an action to a resource, by name.',
    needs: '`read` on user `*`, or `admin` on the resource.',
    members: { ...meaning, subject: 'Of what type subjects are: `user`.', page },
    request: {
      body: { subject: { type: 'user' }, action: read, resource, page: { limit: 100 } },
    },
    answer: {
      status: 200,
      description: 'A page of users.',
      schema: subjectsSchema,
      example: { page: { next_token: '', count: 1 }, results: [subject] },
    },
    refusals: {
      400: [token, notJson],
      403: ['This needs the permission read on user *, or admin on table "orders_table".'],
    },
  },

  'authzen/search-resource': {
    id: 'searchResources',
    summary: 'Find what X may do Y to',
    description:
      'Resource Search of OpenID AuthZEN Authorization API 1.0: the resources of a type that a subject may do an action to, as far as its grants, or the scope of its own token, name them. `*` stands for every one of that type.',
    needs: 'To be the subject; or `read` on that user; or `admin` on `*` of the resource type.',
    members: { ...meaning, resource: 'Of what type resources are.', page },
    request: {
      body: { subject, action: read, resource: { type: 'table' }, page: { limit: 100 } },
    },
    answer: {
      status: 200,
      description: 'A page of resources.',
      schema: resourcesSchema,
      example: { page: { next_token: '', count: 1 }, results: [resource] },
    },
    refusals: {
      400: [token, notJson],
      403: ['This needs the permission read on user "johndoe", or admin on table *.'],
    },
  },

  'authzen/search-action': {
    id: 'searchActions',
    summary: 'Find what X may do to Z',
    description:
      'Action Search of OpenID AuthZEN Authorization API 1.0: the actions that a subject may do to a resource. All of them are one page.',
    needs: asking,
    members: {
      subject: meaning.subject,
      resource: meaning.resource,
      context: meaning.context,
      page: 'Accepted, and means nothing here: there is one page.',
    },
    request: { body: { subject, resource } },
    answer: {
      status: 200,
      description: 'The actions.',
      schema: actionsSchema,
      example: { results: [read] },
    },
    refusals: { 400: ['resource is missing.', notJson], 403: [mayNotAsk] },
  },

  'authzen/configuration': {
    id: 'getAuthzenConfiguration',
    summary: 'Discover the decision point',
    description:
      'Metadata of OpenID AuthZEN Authorization API 1.0: the URLs of its endpoints, under the host that was asked.',
    answer: {
      status: 200,
      description: 'Where what is.',
      schema: configurationSchema,
      example: {
        policy_decision_point: 'http://127.0.0.1:3000',
        access_evaluation_endpoint: 'http://127.0.0.1:3000/access/v1/evaluation',
        access_evaluations_endpoint: 'http://127.0.0.1:3000/access/v1/evaluations',
        search_subject_endpoint: 'http://127.0.0.1:3000/access/v1/search/subject',
        search_resource_endpoint: 'http://127.0.0.1:3000/access/v1/search/resource',
        search_action_endpoint: 'http://127.0.0.1:3000/access/v1/search/action',
      },
    },
    refusals: {},
  },
};
