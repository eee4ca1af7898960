import { describe, expect, it } from 'vitest';
import { resourcesOf, synth } from './synth.ts';

interface Widget {
  type: string;
  properties: { title: string; metrics?: string[][]; alarms?: string[]; query?: string };
}

const { template } = synth({ stage: 'prod' });
const dev = synth().template;
const [[, dashboard] = []] = resourcesOf(template, 'AWS::CloudWatch::Dashboard');

/** The page as CloudWatch gets it, with the name of each resource in place of its address. */
const widgets: Widget[] = JSON.parse(
  dashboard?.Properties.DashboardBody['Fn::Join'][1]
    .map((part: string | { Ref?: string; 'Fn::GetAtt'?: string[] }) =>
      typeof part === 'string' ? part : (part.Ref ?? part['Fn::GetAtt']?.[0]),
    )
    .join(''),
).widgets;
const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
const idsOf = (type: string) => resourcesOf(template, type).map(([id]) => id);

describe('the dashboard', () => {
  it('has no more metrics than are free', () => {
    expect(metrics.length).toBeLessThanOrEqual(50);
  });

  it('shows every alarm, and the calls of every function', () => {
    const shown = widgets.flatMap(({ properties }) => properties.alarms ?? []);
    expect(shown.sort()).toEqual(idsOf('AWS::CloudWatch::Alarm').sort());
    const functions = metrics.filter(([, name]) => name === 'Invocations').map((one) => one[3]);
    expect(functions.sort()).toEqual(idsOf('AWS::Lambda::Function').sort());
  });

  it('looks for errors in the logs of every function', () => {
    const { query = '' } = widgets.find(({ type }) => type === 'log')?.properties ?? {};
    const groups = [...query.matchAll(/SOURCE '(.*?)'/g)].map(([, group]) => group);
    const functions = resourcesOf(template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.LoggingConfig.LogGroup.Ref,
    );
    expect(groups.sort()).toEqual(functions.sort());
    expect(groups.length).toBeLessThanOrEqual(50);
    expect(query).toContain("filter level = 'error'");
  });

  it('counts what the filters of the logs publish', () => {
    const published = resourcesOf(template, 'AWS::Logs::MetricFilter').map(
      ([, { Properties }]) => Properties.MetricTransformations[0],
    );
    const own = metrics.filter(([namespace]) => namespace === 'Bailiwick/prod');
    expect(new Set(own.map(([, name]) => name))).toEqual(
      new Set(published.map(({ MetricName }) => MetricName)),
    );
  });

  it('is not there in dev', () => {
    dev.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});
