import { type Edit, lineText, positionAt } from '@groundplan/diagnostics';
import {
  type CompletionItem,
  type CompletionKind,
  complete,
  completionTriggers,
  resolveCompletion,
} from '@groundplan/ide';
import {
  CompletionItemKind,
  CompletionItemTag,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem as ShownItem,
} from 'vscode-languageserver';
import type { Checked } from '../analyses.js';
import type { Client } from '../client.js';
import { completeConfig } from '../config/complete-config.js';
import { isConfig } from '../config/is-config.js';
import { clientCommands } from '../protocol.js';
import type { Session } from '../session.js';
import { markupOf, offsetIn, textEdits } from '../translate.js';
import { baseName, folderOf, resolveIn } from '../uris.js';
import type { Feature } from './index.js';

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  entity: CompletionItemKind.Reference,
  output: CompletionItemKind.Field,
  'server-type': CompletionItemKind.Constant,
  location: CompletionItemKind.Value,
  host: CompletionItemKind.Value,
  unit: CompletionItemKind.Unit,
  file: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
};

export const completionFeature: Feature = (session) => {
  const { connection, answers, client } = session;
  /** The items that were offered last, since only those can be asked about. */
  let offered:
    | { readonly list: number; readonly checked: Checked; readonly items: readonly CompletionItem[] }
    | undefined;
  let count = 0;

  const ofTopology = answers.whileTyping<CompletionParams, ShownItem[]>([], async (checked, { position }) => {
    const items = await withFiles(session, checked, offsetIn(checked, position));
    count += 1;
    offered = { list: count, checked, items };
    return items.map((item, index) => ({ ...show(checked, item, client), data: { list: count, index } }));
  });
  const ofConfig = answers.newest<CompletionParams, ShownItem[]>([], (document, { position }) =>
    completeConfig(document.getText(), position, client.completionMarkup),
  );
  connection.onCompletion((params, cancelled) =>
    (isConfig(session.documents, params) ? ofConfig : ofTopology)(params, cancelled),
  );

  connection.onCompletionResolve((shown) => {
    const { list, index } = (shown.data ?? {}) as { readonly list?: unknown; readonly index?: unknown };
    const item = list === offered?.list && typeof index === 'number' ? offered?.items[index] : undefined;
    if (offered === undefined || item === undefined) return shown;
    const { documentation } = resolveCompletion(offered.checked.snapshot, item);
    return documentation === undefined
      ? shown
      : { ...shown, documentation: markupOf(documentation, client.completionMarkup) };
  });

  return {
    completionProvider: {
      triggerCharacters: [...completionTriggers],
      resolveProvider: true,
    },
  };
};

/** Folders are listed once it is known which are wanted, so that the feature itself waits for nothing. */
async function withFiles(
  { client, filesOf }: Session,
  checked: Checked,
  offset: number,
): Promise<readonly CompletionItem[]> {
  const { uri, snapshot } = checked;
  const home = folderOf(uri);
  const files = home === undefined ? undefined : filesOf(home);
  const options = { snippets: client.snippets, choices: client.snippetChoices, asksAgain: client.commands };
  if (home === undefined || files === undefined) return complete(snapshot, offset, options);

  const listed = new Map<string, readonly string[]>();
  const wanted = new Set<string>();
  const folderName = baseName(home);
  const attempt = () =>
    complete(snapshot, offset, {
      ...options,
      folderName,
      listFiles: (folder) => {
        if (!listed.has(folder)) wanted.add(folder);
        return listed.get(folder) ?? [];
      },
    });
  const items = attempt();
  if (wanted.size === 0) return items;
  for (const folder of wanted) {
    const entries = await files.list(folder === '' ? home : resolveIn(home, folder));
    listed.set(folder, entries.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name)).sort());
  }
  return attempt();
}

function show(checked: Checked, item: CompletionItem, client: Client): ShownItem {
  const { label, kind, detail, documentation, edit, snippet, additionalEdits, sortText, filterText } = item;
  const [textEdit] = textEdits(checked, [client.adjustsIndentation ? edit : indented(checked, edit)]);
  return {
    label,
    kind: kinds[kind],
    sortText,
    ...(textEdit === undefined ? {} : { textEdit }),
    ...described(detail, client),
    ...(documentation === undefined ? {} : { documentation: markupOf(documentation, client.completionMarkup) }),
    ...(filterText === undefined ? {} : { filterText }),
    ...(snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(client.adjustsIndentation ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    ...(additionalEdits === undefined ? {} : { additionalTextEdits: textEdits(checked, additionalEdits) }),
    ...(item.deprecated ? struckThrough(client) : {}),
    ...(item.preselect && client.preselects ? { preselect: true } : {}),
    ...(item.continues && client.commands ? { command: { title: 'Suggest', command: clientCommands.suggest } } : {}),
  };
}

function described(detail: string | undefined, { describesItems }: Client): Partial<ShownItem> {
  if (detail === undefined) return {};
  return describesItems ? { labelDetails: { description: detail } } : { detail };
}

/** The indentation that a client which inserts texts as they are does not add. */
function indented({ snapshot }: Checked, { span, newText }: Edit): Edit {
  const { lines } = snapshot.tree;
  const [indentation = ''] = /^[ \t]*/.exec(lineText(lines, positionAt(lines, span.start).line)) ?? [];
  return { span, newText: newText.replaceAll('\n', `\n${indentation}`) };
}

function struckThrough({ strikesThrough }: Client): Partial<ShownItem> {
  switch (strikesThrough) {
    case 'tags':
      return { tags: [CompletionItemTag.Deprecated] };
    case 'flag':
      return { deprecated: true };
    case 'no':
      return {};
  }
}
