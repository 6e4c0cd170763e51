export function bundleProgram(root: string): Promise<string>;
export function generateProgram(root: string): Promise<void>;
