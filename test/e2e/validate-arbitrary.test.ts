import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe } from 'mocha';
import { arbitraryTopology } from '../support/arbitrary-topology.js';
import { compileText } from '../support/compile-text.js';
import { itWithEachTool } from '../support/each-tool.js';
import { assertSucceeded, errorLines } from '../support/expect.js';
import { storedProviders } from '../support/provider-schemas.js';
import { openWorkspace, type Tool, type Workspace } from '../support/terraform.js';

const accepted = arbitraryTopology().filter((text) =>
  analyse(text).diagnostics.every(({ severity }) => severity !== 'error'),
);

/** Names every provider, and has nothing else: one `init` serves all topologies. */
const everyProvider = {
  terraform: {
    required_providers: Object.fromEntries(
      Object.entries(storedProviders()).map(([name, { source, version }]) => [name, { source, version }]),
    ),
  },
};

async function withWorkspace(tool: Tool, work: (workspace: Workspace) => Promise<void>): Promise<void> {
  const workspace = await openWorkspace({
    tool,
    mainTfJson: everyProvider,
    hetznerUrl: 'http://127.0.0.1:9/v1',
    localBackend: true,
  });
  try {
    assertSucceeded(await workspace.init());
    await work(workspace);
  } finally {
    await workspace.dispose();
  }
}

describe('whatever topology is accepted', () => {
  const runs = [
    { title: 'the same ones every time', parameters: { seed: 20261123, numRuns: 12 } },
    // fast-check prints the seed and the topology when it fails.
    { title: 'others every time', parameters: { numRuns: 3 } },
  ];
  for (const { title, parameters } of runs) {
    itWithEachTool(`is valid for the tool and its providers: ${title}`, async (tool) => {
      await withWorkspace(tool, async (workspace) => {
        const property = fc.asyncProperty(accepted, async (text) => {
          await workspace.write(compileText(text).mainTfJson);
          assertSucceeded(await workspace.validate());
        });
        // A smaller example is not worth a minute of validation.
        await fc.assert(property, { ...parameters, endOnFailure: true });
      });
    });
  }

  itWithEachTool('and validation is what would notice', async (tool) => {
    await withWorkspace(tool, async (workspace) => {
      const [text = ''] = fc.sample(accepted, { seed: 1, numRuns: 1 });
      const { mainTfJson } = compileText(text);
      await workspace.write(mainTfJson.replace('"server_type":', '"server_typ":'));
      assert.match(errorLines(await workspace.validate()).join('\n'), /server_typ/);
    });
  });
});
