// Runs in the extension host of VS Code, beside the installed extension; host.test.ts starts it and reads what it writes.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import Mocha from 'mocha';
import * as vscode from 'vscode';

const folder = () => {
  const found = vscode.workspace.workspaceFolders?.[0];
  assert.ok(found);
  return found.uri;
};

/** Until it gives something, for a minute. */
async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('it did not come to pass within a minute');
}

async function open(text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'topology', content: text });
  await vscode.window.showTextDocument(document);
  return document;
}

const codeOf = (code: vscode.Diagnostic['code']) => (typeof code === 'object' ? code.value : code);

const broken = `topology: v1
name: shop
region: fsn1
dns: { provider: cloudflare, zone: example.com }
load_balancers:
  edge: { routes: { shop.example.com: app.wbe } }
apps:
  web: { port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" } }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

function define(mocha: Mocha): void {
  const test = (title: string, work: () => Promise<void>) => mocha.suite.addTest(new Mocha.Test(title, work));

  test('a topology is known by its name, and starts the extension', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), 'topology.yaml'));
    assert.equal(document.languageId, 'topology');
    await vscode.window.showTextDocument(document);
    await until(() => vscode.extensions.getExtension('groundplan.groundplan-vscode')?.isActive || undefined);
  });

  test('every command of the manifest is there', async () => {
    const extension = vscode.extensions.getExtension('groundplan.groundplan-vscode');
    const all = new Set(await vscode.commands.getCommands(true));
    const wanted: { command: string }[] = extension?.packageJSON.contributes.commands;
    assert.ok(wanted.length >= 10);
    assert.deepEqual(
      wanted.map(({ command }) => command).filter((command) => !all.has(command)),
      [],
    );
  });

  test('what is wrong has a code, a link, and a range', async () => {
    const { uri } = await open(broken);
    const found = await until(() => vscode.languages.getDiagnostics(uri).find(({ source }) => source === 'groundplan'));
    assert.match(found.message, /nothing is called app\.wbe/);
    assert.ok(typeof found.code === 'object');
    assert.equal(found.code.value, 'reference/unknown');
    assert.deepEqual([found.range.start.line, found.range.start.character], [5, 38]);
  });

  test('other YAML files are left alone', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: broken });
    await vscode.window.showTextDocument(document);
    // What is opened later is checked later.
    const topology = await open(broken);
    await until(() => vscode.languages.getDiagnostics(topology.uri)[0]);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  test('the configuration is checked and stays YAML, and what it says holds for the topology', async () => {
    const config = vscode.Uri.joinPath(folder(), 'groundplan.config.yaml');
    const topology = vscode.Uri.joinPath(folder(), 'topology.yaml');
    await writeFile(config.fsPath, 'rules: { app/single: eror }\n');
    const document = await vscode.workspace.openTextDocument(config);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'yaml');
    const found = await until(() =>
      vscode.languages.getDiagnostics(config).find(({ source }) => source === 'groundplan'),
    );
    assert.match(found.message, /eror/);
    const text = await vscode.workspace.openTextDocument(topology);
    const count = text.getText().replace('web: { ', 'web: { count: 1, ');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(topology, new vscode.Range(0, 0, text.lineCount, 0), count);
    const fix = new vscode.WorkspaceEdit();
    fix.replace(config, new vscode.Range(0, 0, document.lineCount, 0), 'rules: { app/single: error }\n');
    assert.ok(await vscode.workspace.applyEdit(fix));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.window.showTextDocument(text);
    const single = await until(() =>
      vscode.languages
        .getDiagnostics(topology)
        .find(({ code, severity }) => codeOf(code) === 'app/single' && severity === vscode.DiagnosticSeverity.Error),
    );
    assert.match(single.message, /web/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.window.showTextDocument(document);
    await until(() => (vscode.languages.getDiagnostics(config).length === 0 ? true : undefined));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await rm(config.fsPath);
  });

  test('the configuration completes codes and severities', async () => {
    const config = vscode.Uri.joinPath(folder(), 'groundplan.config.yaml');
    await writeFile(config.fsPath, 'rules:\n  app/single: \n');
    const labels = await until(async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        config,
        new vscode.Position(1, '  app/single: '.length),
      );
      const all = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return all.includes('hint') ? all : undefined;
    });
    assert.deepEqual(labels.filter((label) => label === 'off').length, 1);
    await rm(config.fsPath);
  });

  test('names complete', async () => {
    const document = await open(broken.replace('app.wbe', 'app.'));
    const position = document.positionAt(document.getText().indexOf('app.') + 4);
    const labels = await until(async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      const all = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return all.some((label) => label.endsWith('web')) ? all : undefined;
    });
    assert.ok(!labels.some((label) => label.endsWith('edge')), labels.join());
  });

  test('hover explains a field', async () => {
    const document = await open(broken);
    const position = document.positionAt(document.getText().indexOf('provider') + 2);
    const text = await until(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        position,
      );
      const all = hovers.flatMap(({ contents }) =>
        contents.map((each) => (typeof each === 'string' ? each : each.value)),
      );
      return all.length > 0 ? all.join('\n') : undefined;
    });
    assert.match(text, /provider/);
  });

  test('"fix all" mends what has one safe fix', async () => {
    const document = await open(broken.replace('fsn1', 'fsn2'));
    await until(() => vscode.languages.getDiagnostics(document.uri)[0]);
    await vscode.commands.executeCommand('groundplan.fixAll');
    await until(() => document.getText().includes('region: fsn1') || undefined);
  });

  test('the server can be started again', async () => {
    const document = await open(broken);
    await until(() => vscode.languages.getDiagnostics(document.uri)[0]);
    await vscode.commands.executeCommand('groundplan.restartServer');
    await until(() => vscode.languages.getDiagnostics(document.uri)[0]);
  });

  test('tasks are offered for every topology', async () => {
    const all = await vscode.tasks.fetchTasks({ type: 'groundplan' });
    assert.deepEqual(all.map(({ name }) => name).sort(), ['build topology.yaml', 'check', 'plan topology.yaml']);
  });

  test('a preview opens, one for each topology', async () => {
    const uri = vscode.Uri.joinPath(folder(), 'topology.yaml');
    await vscode.commands.executeCommand('groundplan.openPreview', uri);
    await vscode.commands.executeCommand('groundplan.openPreview', uri);
    const previews = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label.startsWith('Preview'));
    await until(() => (previews().some(({ label }) => label === 'Preview shop') ? true : undefined));
    assert.equal(previews().length, 1);
    const other = vscode.Uri.joinPath(folder(), 'other.topology.yaml');
    await writeFile(other.fsPath, broken.replace('name: shop', 'name: other'));
    await vscode.commands.executeCommand('groundplan.openPreview', other);
    await until(() => (previews().some(({ label }) => label === 'Preview other') ? true : undefined));
    assert.deepEqual(
      previews()
        .map(({ label }) => label)
        .sort(),
      ['Preview other', 'Preview shop'],
    );
    await rm(other.fsPath);
  });
}

/** What VS Code calls. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 200_000 });
  define(mocha);
  const results: { title: string; error: string | undefined }[] = [];
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', ({ title }) => results.push({ title, error: undefined }))
      .on('fail', ({ title }, error) => results.push({ title, error: error.stack ?? error.message }));
  });
  await writeFile(vscode.Uri.joinPath(folder(), 'results.json').fsPath, JSON.stringify(results));
  if (results.some(({ error }) => error !== undefined)) throw new Error('tests failed');
}
