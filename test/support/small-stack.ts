import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readFunctions } from '../../infra/local/functions.ts';
import { createGateway } from '../../infra/local/gateway.ts';
import { createInvoker } from '../../infra/local/invoker.ts';
import { readTemplate } from '../../infra/local/template.ts';
import { temporaryFolder } from './process.ts';

const uri = (id: string) => ({
  'Fn::Join': ['', ['arn:x:function:', { Ref: id }, '/invocations']],
});

/**
 * Serves a small API of its own through the local gateway: `ANY /{kind}` runs the function `Echo` behind a
 * TOKEN authorizer, `ANY /open/{kind}` without one. Sources are bodies of `handler(event, context)`.
 */
export const serve = async (
  sources: { Echo: string; Authorizer?: string },
  limits: { functionSeconds?: number; integrationMs?: number; minimumCompression?: number } = {},
) => {
  const folder = temporaryFolder();
  const bundles = { Authorizer: 'throw new Error("Unauthorized")', ...sources };
  const functions = Object.entries(bundles).map(([id, source]) => {
    mkdirSync(join(folder, id));
    writeFileSync(
      join(folder, id, 'index.js'),
      `let count = 0; exports.handler = async (event, context) => { count++; ${source} };`,
    );
    const Properties = {
      Timeout: limits.functionSeconds ?? 20,
      Role: 'none',
      Environment: { Variables: { COLOUR: 'blue' } },
    };
    return [id, { Type: 'AWS::Lambda::Function', Properties, Metadata: { 'aws:asset:path': id } }];
  });
  const resource = (
    PathPart: string,
    ParentId: unknown = { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
  ) => ({
    Type: 'AWS::ApiGateway::Resource',
    Properties: { PathPart, ParentId },
  });
  const method = (ResourceId: string, AuthorizerId?: string) => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      HttpMethod: 'ANY',
      ResourceId: { Ref: ResourceId },
      Integration: {
        Type: 'AWS_PROXY',
        Uri: uri('Echo'),
        TimeoutInMillis: limits.integrationMs ?? 20_000,
      },
      ...(AuthorizerId && { AuthorizerId: { Ref: AuthorizerId } }),
    },
  });
  const Resources = {
    ...Object.fromEntries(functions),
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { MinimumCompressionSize: limits.minimumCompression },
    },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'dev' } },
    Open: resource('open'),
    Kind: resource('{kind}'),
    OpenKind: resource('{kind}', { Ref: 'Open' }),
    Closed: method('Kind', 'Tokens'),
    Opened: method('OpenKind'),
    Tokens: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        AuthorizerUri: uri('Authorizer'),
        AuthorizerResultTtlInSeconds: 300,
        IdentityValidationExpression: 'Bearer .+',
      },
    },
  };
  writeFileSync(join(folder, 'small.template.json'), JSON.stringify({ Resources }));
  const template = readTemplate(folder, 'small');
  const invoker = createInvoker(readFunctions(template), () => ({}));
  const { server, open } = createGateway();
  open(template, invoker);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await invoker.close();
  });
  return { port: (server.address() as AddressInfo).port };
};
