/** What the document says of the API as a whole. */
export const about = `Users, their API keys, what each may do to which resource, and the answer to "may X do Y to Z?".

**Tokens.** Provide your bearer token in the Authorization header when making requests to protected resources: \`Authorization: Bearer YOUR_API_KEY\`. A token is the \`encoded\` of an API key, or the \`token\` of a session.

**Permissions.** A permission is \`{"resource", "resource_type", "type"}\`. The type is \`read\`, \`write\` or \`admin\`; \`admin\` includes both others, \`write\` does not include \`read\`. \`*\` as resource or resource_type stands for every one. Users are resources of type \`user\`. What an operation needs is said under **Needs**; through a token with a scope, the scope must cover it too. Nobody gives or takes what they do not administer; nobody acts on an account that can do more than they can; no key can do more than its owner.

**Errors.** Every answer that is not 2xx is \`{"error": "<one sentence that says what to do>"}\`. Unknown members of a body are refused, except where OpenID AuthZEN wants them ignored; \`__proto__\` is always refused. Query parameters are given once, and unknown ones are refused where there are any. A path or a method that is neither in this document nor a page for people is a 404.

**Pages.** Where there is more than an answer holds, its header \`Link: <url>; rel="next"\` has the URL of the next page. Without it that was all.

**Requests.** Every answer carries \`X-Request-ID\`: your own, if a function answered and you sent one; the history names it too. A body is at most 64 KB. Revoking a key, a session, a permission or a user shows on the very next request.`;
