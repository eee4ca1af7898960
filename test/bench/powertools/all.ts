export { handler } from '../../../functions/users/me.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './tracer.ts';
