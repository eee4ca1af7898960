import { resourceSearchSchema } from '../../lib/authzen.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { rangeOf, shapePage } from '../../lib/paging.ts';
import { searchResources } from '../../lib/search.ts';

/** POST /access/v1/search/resource: to what may this subject do this? AuthZEN section 8.5. */
export const handler = endpoint('authzen.search-resource', {
  body: resourceSearchSchema,
  otherMediaType: 'invalid',
  handle: async ({ caller, body: { page, resource, ...rest } }) => {
    const { subject, action } = rest;
    const search = ['resource', subject.type, subject.id, action.name, resource.type];
    const range = rangeOf(page, search);
    const found = await searchResources(caller, { resource, ...rest }, range);
    return { status: 200, body: shapePage(found, range.limit, search) };
  },
});
