import { subjectSearchSchema } from '../../lib/authzen.ts';
import { endpoint } from '../../lib/http/endpoint.ts';
import { rangeOf, shapePage } from '../../lib/paging.ts';
import { searchSubjects } from '../../lib/search.ts';

/** POST /access/v1/search/subject: who may do this to that? AuthZEN section 8.4. */
export const handler = endpoint('authzen.search-subject', {
  body: subjectSearchSchema,
  otherMediaType: 'invalid',
  handle: async ({ caller, body: { page, subject, ...rest } }) => {
    const { action, resource } = rest;
    const search = ['subject', subject.type, action.name, resource.type, resource.id];
    const range = rangeOf(page, search);
    const found = await searchSubjects(caller, { subject, ...rest }, range);
    return { status: 200, body: shapePage(found, range.limit, search) };
  },
});
