import { describe, expect, it } from 'vitest';
import { resolve } from '../../infra/local/template.ts';

describe('intrinsic functions', () => {
  it.each<[object, unknown]>([
    [{ Ref: 'T' }, 'T'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['T', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/T'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'T' }]] }, 'a-T'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax
    [{ 'Fn::Sub': 'x-${AWS::Region}' }, 'x-us-east-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    [
      { a: [{ Ref: 'T' }], b: null, c: { Ref: 'T', d: 1 } },
      { a: ['T'], b: null, c: { Ref: 'T', d: 1 } },
    ],
  ])('resolve %j', (value, resolved) => {
    const resources = { T: { Type: 'AWS::DynamoDB::Table', Properties: {} } };
    expect(resolve(value as never, resources)).toEqual(resolved);
  });

  it('that are not known fail loudly', () => {
    expect(() => resolve({ 'Fn::ImportValue': 'x' }, {})).toThrow('Fn::ImportValue');
  });
});
