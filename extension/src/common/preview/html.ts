import { Uri, type Webview } from 'vscode';

/** The page of a preview: nothing of it comes from elsewhere, and only its own script runs. */
export function previewHtml(webview: Webview, extension: Uri, nonce: string): string {
  const address = (name: string) => webview.asWebviewUri(Uri.joinPath(extension, 'dist', 'webview', name)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    'img-src blob: data:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('preview.css')}">
<title>Groundplan</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${address('preview.js')}"></script>
</body>
</html>
`;
}

/** Unguessable, as the policy asks for. */
export function newNonce(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
