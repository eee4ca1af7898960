import { type App, type PolicyValidationPluginReport, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** AWS's checks, of which CDK would let those pass that only warn. */
class StrictChecks extends AwsSolutionsChecks {
  override validateScope(...scope: Parameters<AwsSolutionsChecks['validateScope']>) {
    const report = super.validateScope(...scope);
    const violations = report.violations.map((one) => ({ ...one, severity: 'error' }));
    return { ...report, violations } satisfies PolicyValidationPluginReport;
  }
}

/** Lets no finding of cdk-nag's AwsSolutions pass that is not acknowledged: synthesis fails. */
export const addGate = (app: App): void => {
  Validations.of(app).addPlugins(new StrictChecks(app));
};
