import { it } from 'mocha';
import { leaveOut } from './needs.js';
import { prepareTools, type Tool, toolsTimeout } from './terraform.js';

/**
 * One test for OpenTofu and one for Terraform. OpenTofu is always there, since it is built here; where Terraform is not on PATH, its test
 * shows as pending, never as passed, and in CI fails.
 */
export function itWithEachTool(title: string, body: (tool: Tool) => Promise<void>): void {
  for (const name of ['tofu', 'terraform'] as const) {
    it(`${title} [${name}]`, async function () {
      // The first test of all may have to build the tools; what it runs has limits of its own.
      this.timeout(toolsTimeout);
      const { tools } = await prepareTools();
      const tool = tools.find((candidate) => candidate.name === name);
      if (tool === undefined) {
        if (name === 'tofu') throw new Error('OpenTofu was not built');
        leaveOut(this, 'it needs terraform, which is not on the PATH');
      }
      await body(tool);
    });
  }
}
