import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type IFilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Endpoint } from './endpoint.ts';
import type { Stage } from './stages.ts';
import type { StackTable } from './table.ts';

interface AlarmsProps {
  stage: Stage;
  api: RestApi;
  table: StackTable;
  authorizer: Endpoint;
  /** Every other function, by entry. */
  functions: ReadonlyMap<string, Endpoint>;
}

const fiveMinutes = { period: Duration.minutes(5), statistic: 'Sum' };

/**
 * The few things that somebody should be told of, since each metric in an alarm costs a little every month.
 * What CloudWatch counts by function cannot be added up over more than ten of them, so errors are counted
 * from the functions' logs; nothing is published, nor paid for, while there are none.
 */
export class Alarms extends Construct {
  readonly #stage: Stage;
  /** In the order of how much they matter. */
  readonly all: Alarm[] = [];
  /** What is counted in the logs. */
  readonly counted: Metric[] = [];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, api, table, authorizer, functions } = props;
    this.#stage = stage;

    this.#alarm('ServerErrors', 5, api.deploymentStage.metricServerError(fiveMinutes), [
      'Callers get 5xx: the access log says of which operation, and whether the function',
      'crashed, was late, or answered it itself.',
    ]);
    const errors = FilterPattern.stringValue('$.level', '=', 'error');
    const inFunctions = this.#count('FunctionErrors', errors, [...functions.values()]);
    this.#alarm('FunctionErrors', 5, inFunctions, [
      'Functions log errors: their own, or the table failing (SystemErrors) or refusing.',
    ]);
    // Not Lambda's own count: that has every 401 in it, as an authorizer refuses by throwing.
    this.#alarm('AuthorizerErrors', 1, this.#count('AuthorizerErrors', errors, [authorizer]), [
      'Tokens cannot be checked, so nothing that needs one works once the cache forgets.',
    ]);
    this.#alarm('FunctionThrottles', 1, LambdaFunction.metricAllThrottles(fiveMinutes), [
      "Lambda refuses calls: the account's concurrency in this region is used up, be it by",
      'these functions or by others.',
    ]);
    const throttles = new MathExpression({
      label: 'Throttled reads and writes',
      // A sum with what was not published in that time would have no value.
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: {
        reads: table.metric('ReadThrottleEvents', fiveMinutes),
        writes: table.metric('WriteThrottleEvents', fiveMinutes),
      },
      period: fiveMinutes.period,
    });
    this.#alarm('TableThrottles', 10, throttles, [
      'DynamoDB refuses requests: more than it has grown to, or one user too many at once.',
    ]);
    const refused = FilterPattern.all(
      FilterPattern.stringValue('$.operation', '=', 'sessions.create'),
      FilterPattern.any(
        FilterPattern.numberValue('$.status', '=', 401),
        FilterPattern.numberValue('$.status', '=', 429),
      ),
    );
    const login = functions.get('sessions/create');
    const failures = this.#count('LoginFailures', refused, login ? [login] : []);
    this.#alarm('LoginFailures', 100, failures, [
      'Many logins fail or have to wait: somebody may be guessing passwords.',
    ]);
  }

  /** A count of the log lines of these functions that fit a pattern. */
  #count(name: string, filterPattern: IFilterPattern, functions: readonly Endpoint[]): IMetric {
    const metric = {
      metricNamespace: `Bailiwick/${this.#stage.name}`,
      metricName: name,
      metricValue: '1',
    };
    const [first] = functions.map(
      (one) => new MetricFilter(one, name, { logGroup: one.logGroup, filterPattern, ...metric }),
    );
    if (!first) throw new Error(`${name} counts the lines of no function.`);
    const counted = first.metric(fiveMinutes);
    this.counted.push(counted);
    return counted;
  }

  #alarm(name: string, threshold: number, metric: IMetric, description: string[]): void {
    const alarm = new Alarm(this, name, {
      alarmDescription: `Bailiwick ${this.#stage.name}: ${description.join(' ')}`,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.all.push(alarm);
    const { alarmTopicArn } = this.#stage;
    if (!alarmTopicArn) return;
    const action = { bind: () => ({ alarmActionArn: alarmTopicArn }) };
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}
