import { Metrics } from '@aws-lambda-powertools/metrics';

export { handler } from '../../../functions/users/me.ts';
export const metrics = new Metrics({ namespace: 'bench', serviceName: 'bench' });
metrics.addMetric('started', 'Count', 1);
metrics.publishStoredMetrics();
