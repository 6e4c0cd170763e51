import type { Frame, Page } from 'playwright-core';
import type { RunningEditor } from './start.mjs';

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

/** Runs a command by its title. */
export function runCommand(page: Page, title: string): Promise<void>;

/** Opens a file of the folder by its name. */
export function openFile(page: Page, name: string): Promise<void>;

/** Puts the cursor at a place: line and column from 1. */
export function goTo(page: Page, line: number, column?: number): Promise<void>;

/** The frame of the preview, once it shows a picture. */
export function previewFrame(page: Page, milliseconds?: number): Promise<Frame>;

/** The texts of a preview's picture whose contrast to what they stand on is below the 4.5 : 1 that WCAG 2 asks of text. */
export function illegibleTexts(frame: Frame): Promise<string[]>;
