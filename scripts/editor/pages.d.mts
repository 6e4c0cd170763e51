import type { Frame, Locator, Page } from 'playwright-core';
import type { RunningEditor } from './start.mjs';

/** How long anything may take on a busy machine, in milliseconds. */
export const patience: number;

/** A new window on a folder with a file open in it. */
export function openWindow(
  editor: RunningEditor,
  folder: string,
  file?: string,
  size?: { readonly width: number; readonly height: number },
): Promise<Page>;

/** A new window on whatever VS Code is asked for by its address: `folder`, `workspace`, `payload`. */
export function openPage(
  editor: RunningEditor,
  query: Readonly<Record<string, string>>,
  size?: { readonly width: number; readonly height: number },
): Promise<Page>;

/** How VS Code in the browser calls a file of the machine that the editor runs on. */
export function remoteAddress(editor: RunningEditor, path: string): string;

/** Does something again as long as what it waits for does not come, for as long as `patience`. */
export function untilItWorks<T>(attempt: () => Promise<T>): Promise<T>;

/** Runs a command by its title. */
export function runCommand(page: Page, title: string): Promise<void>;

/** Opens a file of the folder by its name. */
export function openFile(page: Page, name: string): Promise<void>;

/** Puts the cursor at a place, and the focus into the text: line and column from 1. */
export function goTo(page: Page, line: number, column?: number): Promise<void>;

/** Rests the pointer on something until that shows something. */
export function hoverUntil(page: Page, target: Locator, shown: Locator): Promise<void>;

/** The frame of the preview, once it shows a picture. */
export function previewFrame(page: Page, milliseconds?: number): Promise<Frame>;

/** The id of the node of a preview's picture that keys go to; null when they go elsewhere. */
export function nodeWithKeys(frame: Frame): Promise<string | null>;

/** The kinds of script that run in a frame though nobody gave them leave. */
export function foreignScripts(frame: Frame): Promise<string[]>;

/** The texts of a preview's picture whose contrast to what they stand on is below the 4.5 : 1 that WCAG 2 asks of text. */
export function illegibleTexts(frame: Frame): Promise<string[]>;
