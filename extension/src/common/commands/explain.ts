import { commands, languages, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { languageId } from '../client.js';

interface PageItem extends QuickPickItem {
  readonly page: Uri;
}

/** Shows the page of a diagnostic: of those at the cursor first, and of any other by its code. */
export async function explain(extension: Uri, code: unknown): Promise<void> {
  const folder = Uri.joinPath(extension, 'dist', 'cli', 'diagnostics');
  const pageOf = (name: string) => Uri.joinPath(folder, `${name}.md`);
  if (typeof code === 'string' && /^[a-z0-9-]+\/[a-z0-9-]+$/.test(code)) return show(pageOf(code));

  const languagePage = Uri.joinPath(extension, 'dist', 'docs', 'language.md');
  const here = new Map(diagnosticsAtCursor().map((diagnostic) => [diagnostic.code, diagnostic.message]));
  const items: PageItem[] = [
    ...[...here].map(([label, detail]) => ({ label, detail, description: 'at the cursor', page: pageOf(label) })),
    { label: 'The language', description: 'every field, with its default', page: languagePage },
    ...(await codesIn(folder)).filter((label) => !here.has(label)).map((label) => ({ label, page: pageOf(label) })),
  ];
  const picked = await window.showQuickPick(items, {
    title: 'Explain',
    placeHolder: 'The code of a diagnostic',
    matchOnDetail: true,
  });
  if (picked !== undefined) await show(picked.page);
}

function diagnosticsAtCursor(): { readonly code: string; readonly message: string }[] {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== languageId) return [];
  const { active } = editor.selection;
  const found = languages.getDiagnostics(editor.document.uri).filter(({ range }) => range.contains(active));
  const onLine = languages
    .getDiagnostics(editor.document.uri)
    .filter(({ range }) => range.start.line <= active.line && active.line <= range.end.line);
  return (found.length > 0 ? found : onLine).flatMap(({ code, message }) => {
    const value = typeof code === 'object' ? code.value : code;
    return typeof value === 'string' ? [{ code: value, message }] : [];
  });
}

async function codesIn(folder: Uri): Promise<string[]> {
  const areas = (await workspace.fs.readDirectory(folder)).map(([name]) => name).filter((name) => !name.includes('.'));
  const pages = await Promise.all(
    areas.map(async (area) =>
      (await workspace.fs.readDirectory(Uri.joinPath(folder, area))).map(
        ([name]) => `${area}/${name.replace(/\.md$/, '')}`,
      ),
    ),
  );
  return pages.flat().sort();
}

async function show(page: Uri): Promise<void> {
  try {
    await workspace.fs.stat(page);
  } catch {
    return void window.showErrorMessage('There is no page of that name.');
  }
  await commands.executeCommand('markdown.showPreview', page);
}
