import type { Frame, Page } from 'playwright-core';
import type { RunningEditor } from './start.mjs';

/** A new window on a folder with a file open in it. */
export function openWindow(
  editor: RunningEditor,
  folder: string,
  file?: string,
  size?: { readonly width: number; readonly height: number },
): Promise<Page>;

/** Runs a command by its title. */
export function runCommand(page: Page, title: string): Promise<void>;

/** Opens a file of the folder by its name. */
export function openFile(page: Page, name: string): Promise<void>;

/** Puts the cursor at a place: line and column from 1. */
export function goTo(page: Page, line: number, column?: number): Promise<void>;

/** The frame of the preview, once it shows a picture. */
export function previewFrame(page: Page): Promise<Frame>;
