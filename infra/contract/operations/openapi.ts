import { documentSchema } from '../answers.ts';
import type { Operation } from '../operation.ts';

export const openapi: Record<string, Operation> = {
  openapi: {
    id: 'getOpenApi',
    summary: 'Get this document',
    description:
      'This description of the API, as OpenAPI 3.1. Its server is the host that was asked.',
    answer: {
      status: 200,
      description: 'The document.',
      schema: documentSchema,
      example: {
        openapi: '3.1.1',
        info: { title: 'Bailiwick', version: '0.1.0' },
        paths: {},
      },
    },
    refusals: {},
  },
};
