/** A secret that can be told by its looks alone. */
export interface KnownFormat {
  /** As a message calls it. */
  readonly what: string;
  /** A name for it in the file of the secrets. */
  readonly secretName: string;
  /** Global. The group `secret`, where there is one, is the secret part of what matches. */
  readonly pattern: RegExp;
}

/**
 * Prefixes and lengths as the issuers publish them for secret scanning. None begins inside of what it may go on with, so that
 * looking at a long text takes time in proportion to its length.
 */
export const knownFormats: readonly KnownFormat[] = [
  {
    what: 'a private key',
    secretName: 'PRIVATE_KEY',
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[23]:/g,
  },
  { what: 'an age secret key', secretName: 'AGE_KEY', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/g },
  { what: 'an AWS access key', secretName: 'AWS_ACCESS_KEY_ID', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/g },
  {
    what: 'a GitHub token',
    secretName: 'GITHUB_TOKEN',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/g,
  },
  {
    what: 'a GitLab token',
    secretName: 'GITLAB_TOKEN',
    pattern: /(?<![\w-])gl(?:pat|dt|rt|ptt|oas)-[A-Za-z0-9_-]{20,}/g,
  },
  {
    what: 'a Slack token',
    secretName: 'SLACK_TOKEN',
    pattern: /(?<![\w-])(?:xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,})/g,
  },
  {
    what: 'a Slack webhook',
    secretName: 'SLACK_WEBHOOK',
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{20,}/g,
  },
  {
    what: 'a Discord webhook',
    secretName: 'DISCORD_WEBHOOK',
    pattern: /https:\/\/(?:[a-z]+\.)?discord(?:app)?\.com\/api\/webhooks\/[0-9]+\/[A-Za-z0-9_-]{20,}/g,
  },
  {
    what: 'a Stripe key',
    secretName: 'STRIPE_SECRET_KEY',
    pattern: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/=]{24,}/g,
  },
  {
    what: 'a Google key',
    secretName: 'GOOGLE_KEY',
    pattern: /(?<![\w-])(?:AIza[A-Za-z0-9_-]{35}(?![\w-])|GOCSPX-[A-Za-z0-9_-]{20,})/g,
  },
  {
    what: 'a SendGrid key',
    secretName: 'SENDGRID_API_KEY',
    pattern: /(?<![\w.-])SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{32,}/g,
  },
  { what: 'an npm token', secretName: 'NPM_TOKEN', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: 'a PyPI token', secretName: 'PYPI_TOKEN', pattern: /(?<![\w-])pypi-AgE[A-Za-z0-9_-]{50,}/g },
  { what: 'a Docker Hub token', secretName: 'DOCKER_TOKEN', pattern: /(?<![\w-])dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/g },
  { what: 'a DigitalOcean token', secretName: 'DIGITALOCEAN_TOKEN', pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/g },
  { what: 'a Vault token', secretName: 'VAULT_TOKEN', pattern: /(?<![\w-])hv[sbr]\.[A-Za-z0-9_-]{24,}/g },
  { what: 'a Hugging Face token', secretName: 'HF_TOKEN', pattern: /\bhf_[A-Za-z0-9]{34}\b/g },
  { what: 'a Shopify token', secretName: 'SHOPIFY_TOKEN', pattern: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/g },
  { what: 'a Mailgun key', secretName: 'MAILGUN_API_KEY', pattern: /\bkey-[0-9a-f]{32}\b/g },
  {
    what: 'a Telegram bot token',
    secretName: 'TELEGRAM_TOKEN',
    pattern: /(?<![\w-])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![\w-])/g,
  },
  { what: 'an API key', secretName: 'API_KEY', pattern: /(?<![\w-])sk-(?:[a-z0-9]+-)?[A-Za-z0-9_-]{32,}/g },
  { what: 'a Laravel key', secretName: 'APP_KEY', pattern: /\bbase64:[A-Za-z0-9+/]{42,}={0,2}/g },
  {
    what: 'a signed token (JWT)',
    secretName: 'TOKEN',
    pattern: /(?<![\w-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  },
  {
    what: 'a password in a URL',
    secretName: 'PASSWORD',
    pattern: /\b[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^\s/:@"'\0]*:(?<secret>[^\s/@"'\0]+)@/dg,
  },
  {
    what: 'an Azure storage key',
    secretName: 'AZURE_ACCOUNT_KEY',
    pattern: /\bAccountKey=(?<secret>[A-Za-z0-9+/]{80,}={0,2})/dg,
  },
];

/** What one of the formats begins with or holds. */
const hint =
  /-----BEGIN|PuTTY|AGE-SECRET|A(?:KIA|SIA|BIA|CCA)|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|ptt|oas)-|xox|xapp-|(?:live|test)_|whsec_|AIza|GOCSPX|SG\.|npm_|pypi-|dckr_|do[opr]_v1_|hv[sbr]\.|hf_|shp(?:at|ca|pa|ss)_|key-|:AA|sk-|base64:|eyJ|:\/\/[^\s/:@]*:[^\s/@]+@|hooks\.slack|\/webhooks\/|AccountKey=/;

/** Whether it is worth the time to look for the formats in a text: almost no text of a topology holds one of their beginnings. */
export function mayHoldKnown(text: string): boolean {
  return text.length >= 8 && hint.test(text);
}
