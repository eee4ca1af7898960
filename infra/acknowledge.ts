import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a finding of cdk-nag is as it should be. Only for the very construct that has it: an
 * acknowledgement also covers everything below, which would hide findings nobody has thought about.
 *
 * @param reasons by rule, as `APIG3` or `IAM5[Resource::*]`
 */
export const acknowledge = (construct: IConstruct, reasons: Record<string, string>): void => {
  Validations.of(construct).acknowledge(
    // In the plugin's namespace it is CDK that drops the finding, and its report keeps the reason.
    ...Object.entries(reasons).map(([rule, reason]) => ({
      id: `AwsSolutions::AwsSolutions-${rule}`,
      reason,
    })),
  );
};
