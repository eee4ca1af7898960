import { join } from 'node:path';
import type { Statement } from './policy.ts';
import { ofType, type Resource, type Template } from './template.ts';

/** A Lambda function of the template. */
export interface LambdaFunction {
  id: string;
  arn: string;
  /** Absolute path of its bundle. */
  bundle: string;
  environment: Record<string, string>;
  timeoutMs: number;
  memoryMb: number;
  /** What its role may do. */
  statements: Statement[];
}

const statementsOf = (role: Resource | undefined): Statement[] =>
  (role?.Properties.Policies ?? []).flatMap(
    (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
  );

/** Every function of the template, by logical id. */
export const readFunctions = (template: Template): Map<string, LambdaFunction> => {
  const roles = new Map<string, Resource>(
    ofType(template, 'AWS::IAM::Role').map(([id, role]) => [`role/${id}`, role]),
  );
  return new Map(
    ofType(template, 'AWS::Lambda::Function').map(([id, { Properties, Metadata }]) => {
      const roleName = String(Properties.Role).split(':').at(-1) ?? '';
      return [
        id,
        {
          id,
          arn: `arn:aws:lambda:us-east-1:000000000000:function:${id}`,
          bundle: join(template.folder, Metadata?.['aws:asset:path'] ?? '', 'index.js'),
          environment: Properties.Environment?.Variables ?? {},
          timeoutMs: (Properties.Timeout ?? 3) * 1000,
          memoryMb: Properties.MemorySize ?? 128,
          statements: statementsOf(roles.get(roleName)),
        },
      ];
    }),
  );
};

/** The function that an integration or authorizer URI invokes. */
export const functionIdOf = (uri: string): string =>
  /:function:([^/:]+)\/invocations$/.exec(uri)?.[1] ?? '';
