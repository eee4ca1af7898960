import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  PeriodOverride,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { Endpoint } from './endpoint.ts';
import type { Stage } from './stages.ts';
import type { StackTable } from './table.ts';

interface DashboardProps {
  stage: Stage;
  api: RestApi;
  table: StackTable;
  alarms: Alarms;
  /** Every function, by entry. */
  functions: ReadonlyMap<string, Endpoint>;
}

const period = Duration.minutes(5);
const sum = { period, statistic: 'Sum' };
const graph = { width: 12, height: 6 };

/** Half of them are faster than the first, and all but one of a hundred than the second. */
const percentiles = (of: (statistic: string, label: string) => IMetric, label: string): IMetric[] =>
  ['p50', 'p99'].map((statistic) => of(statistic, `${label} ${statistic}`));

/**
 * One page that tells, from the top: is something wrong, is it slow, where, and what do the logs say.
 * At most 50 metrics, as the three dashboards that are free in an account may have.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage, api, table, alarms, functions } = props;
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      // Of an account, not of a region, as all else is.
      dashboardName: `bailiwick-${stage.name}-${Stack.of(this).region}`,
      defaultInterval: Duration.hours(6),
      // Else a look at a month would ask for each five minutes of it.
      periodOverride: PeriodOverride.AUTO,
    });
    const ofStage = api.deploymentStage;
    const entries = [...functions];
    const ofTable = (metricName: string, label: string) =>
      table.metric(metricName, { ...sum, label });

    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms.all], width: 24, height: 3 }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        ...graph,
        title: 'Requests, and those refused (4xx) or failed (5xx)',
        left: [
          ofStage.metricCount({ ...sum, label: 'requests' }),
          ofStage.metricClientError({ ...sum, label: '4xx' }),
          ofStage.metricServerError({ ...sum, label: '5xx' }),
        ],
      }),
      new GraphWidget({
        ...graph,
        title: 'Time to answer, and the part of it in functions (ms)',
        left: [
          ...percentiles(
            (statistic, label) => ofStage.metricLatency({ period, statistic, label }),
            'all',
          ),
          ...percentiles(
            (statistic, label) => ofStage.metricIntegrationLatency({ period, statistic, label }),
            'functions',
          ),
        ],
      }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        ...graph,
        title: 'Calls by function',
        stacked: true,
        left: entries.map(([entry, { handler }]) =>
          handler.metricInvocations({ ...sum, label: entry }),
        ),
      }),
      new GraphWidget({
        ...graph,
        title: 'Functions at once, and calls refused (whole account and region)',
        left: [
          LambdaFunction.metricAllConcurrentExecutions({
            period,
            statistic: 'Maximum',
            label: 'at once',
          }),
          LambdaFunction.metricAllThrottles({ ...sum, label: 'refused' }),
        ],
      }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        ...graph,
        title: 'Units of the table, and throttled requests',
        left: [
          ofTable('ConsumedReadCapacityUnits', 'read units'),
          ofTable('ConsumedWriteCapacityUnits', 'write units'),
        ],
        right: [
          ofTable('ReadThrottleEvents', 'reads throttled'),
          ofTable('WriteThrottleEvents', 'writes throttled'),
        ],
      }),
      new GraphWidget({
        ...graph,
        title: 'Counted in the logs',
        left: alarms.counted.map((metric) => metric.with({ label: metric.metricName })),
      }),
    );
    dashboard.addWidgets(
      new LogQueryWidget({
        title: 'The last errors',
        width: 24,
        height: 6,
        view: LogQueryVisualizationType.TABLE,
        // Of all: a query takes up to 50 groups.
        logGroupNames: entries.map(([, { logGroup }]) => logGroup.logGroupName),
        queryLines: [
          'fields @timestamp, operation, error.name, request_id, error.stack',
          "filter level = 'error'",
          'sort @timestamp desc',
          'limit 20',
        ],
      }),
    );
  }
}
