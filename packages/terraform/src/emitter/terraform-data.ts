import { type TerraformMetaArguments, TerraformResource } from 'cdktn';
import type { Construct } from 'constructs';

/**
 * Terraform's own `terraform_data`. cdktn's class for it runs the `terraform` of the machine while it synthesises and mangles
 * lists; this one does neither.
 */
export class TerraformData extends TerraformResource {
  constructor(scope: Construct, id: string, config: TerraformMetaArguments) {
    super(scope, id, { ...config, terraformResourceType: 'terraform_data' });
  }
}
