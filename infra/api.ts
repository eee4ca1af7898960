import { Size } from 'aws-cdk-lib';
import {
  type CfnRestApi,
  EndpointAccessMode,
  EndpointType,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import { accessLogsOf } from './access-logs.ts';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './stages.ts';

/**
 * TLS 1.2 with forward secrecy and without CBC, or TLS 1.3; and no other host in the request than in the
 * handshake. Left to itself a regional API takes TLS 1.0. Of an API with a domain it is the API's policy
 * that counts (API Gateway developer guide, "Security policies for REST APIs").
 */
const tls = {
  securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
  endpointAccessMode: EndpointAccessMode.STRICT,
};

const throttling = ({ rate, burst }: Stage['throttle']) => ({
  throttlingRateLimit: rate,
  throttlingBurstLimit: burst,
});

/** The REST API with its stage, and before it the domain if there is one; nothing is on it yet. */
export const createApi = (scope: Construct, stage: Stage): RestApi => {
  const { domain } = stage;
  const api = new RestApi(scope, 'Api', {
    restApiName: `bailiwick-${stage.name}`,
    endpointTypes: [EndpointType.REGIONAL],
    // Pages, openapi.json and long listings; less than this is soon sent anyway.
    minCompressionSize: Size.kibibytes(10),
    // The role would be account-wide and outlive the stack.
    cloudWatchRole: false,
    deployOptions: {
      stageName: stage.name,
      ...throttling(stage.throttle),
      methodOptions: {
        '/api/v1/sessions/POST': throttling(stage.loginThrottle),
        '/docs/{file}/GET': throttling(stage.libraryThrottle),
      },
      ...accessLogsOf(scope, stage),
      ...(stage.traces && { tracingEnabled: true }),
    },
    ...(domain && {
      domainName: {
        domainName: domain.name,
        certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
        endpointType: EndpointType.REGIONAL,
        ...tls,
      },
    }),
  });
  const resource = api.node.defaultChild as CfnRestApi;
  Object.assign(resource, tls);
  acknowledge(resource, {
    APIG2: 'The functions check input against schemas, and say which member is wrong and how.',
  });
  acknowledge(api.deploymentStage, {
    APIG3: 'A web ACL costs money while idle; throttling is free, and an ACL can be put before it.',
    APIG6:
      'Execution logs can hold headers, so tokens; functions and access logs say what happened.',
    ...(!stage.accessLogs && {
      APIG1: 'Access logs need a role set for the whole account, which trying this out must not.',
    }),
  });
  return api;
};
