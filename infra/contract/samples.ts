import { goNative } from '@scalar/snippetz/plugins/go/native';
import { jsFetch } from '@scalar/snippetz/plugins/js/fetch';
import { pythonRequests } from '@scalar/snippetz/plugins/python/requests';
import { shellCurl } from '@scalar/snippetz/plugins/shell/curl';

/** What samples have in place of one's own. */
export const placeholders = { baseUrl: 'http://127.0.0.1:3000', token: 'YOUR_API_KEY' };

/** One request, as a sample shows it. */
export interface Request {
  method: string;
  /** Its parameters filled in. */
  path: string;
  query?: Record<string, string> | undefined;
  body?: object | undefined;
  isOpen: boolean;
  /** Whether its answer has a body, which the sample then reads. */
  hasAnswer: boolean;
}

/** A sample as OpenAPI's readers know it, as the extension `x-codeSamples`. */
export interface Sample {
  lang: string;
  label: string;
  source: string;
}

const toHar = ({ method, path, query = {}, body, isOpen }: Request) => ({
  method,
  url: placeholders.baseUrl + path,
  queryString: Object.entries(query).map(([name, value]) => ({ name, value })),
  headers: [
    ...(isOpen ? [] : [{ name: 'Authorization', value: `Bearer ${placeholders.token}` }]),
    ...(body ? [{ name: 'Content-Type', value: 'application/json' }] : []),
  ],
  ...(body && { postData: { mimeType: 'application/json', text: JSON.stringify(body) } }),
});

/** The samples of a request. The library makes the request; what reads the answer is ours. */
export const samplesOf = (request: Request): Sample[] => {
  const har = toHar(request);
  const fetched = jsFetch.generate(har);
  const { hasAnswer } = request;
  return [
    { lang: 'Shell', label: 'curl', source: shellCurl.generate(har) },
    {
      lang: 'JavaScript',
      label: 'JavaScript (async)',
      source: [
        `const response = await ${fetched};`,
        ...(hasAnswer
          ? ['const data = await response.json();', 'console.log(data);']
          : ['console.log(response.status);']),
      ].join('\n'),
    },
    {
      lang: 'JavaScript',
      label: 'JavaScript (then)',
      source: [
        fetched,
        ...(hasAnswer
          ? ['  .then((response) => response.json())', '  .then((data) => console.log(data));']
          : ['  .then((response) => console.log(response.status));']),
      ].join('\n'),
    },
    {
      lang: 'Python',
      label: 'Python (requests)',
      source: [
        'import requests\n',
        `response = ${pythonRequests.generate(har)}`,
        hasAnswer ? 'print(response.json())' : 'print(response.status_code)',
      ].join('\n'),
    },
    { lang: 'Go', label: 'Go (net/http)', source: goNative.generate(har) },
  ];
};
