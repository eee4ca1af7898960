import { Logger } from '@aws-lambda-powertools/logger';

export { handler } from '../../../functions/users/me.ts';
export const logger = new Logger({ serviceName: 'bench' });
logger.info('started');
