import { Tracer } from '@aws-lambda-powertools/tracer';

export { handler } from '../../../functions/users/me.ts';
export const tracer = new Tracer({ serviceName: 'bench' });
