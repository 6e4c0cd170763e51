import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';

/*
 * The examples are made up. Those in a form that scanners of repositories know are put together from two parts, so that they
 * raise no alarm there.
 */
const mixed = `q7Zk${'P0wVbX2nLr9TdYs4'}Hc6MfJ8a`;

describe('secret/in-plain-sight', () => {
  describe('in env', () => {
    const secrets: readonly (readonly [name: string, value: string, what: string])[] = [
      ['DB_PASSWORD', 'hunter2', 'a password'],
      ['PGPASSWORD', 'hunter2', 'a password'],
      ['MYSQL_PWD', 'hunter2', 'a password'],
      ['SMTP_PASS', 'correct horse battery', 'a password'],
      ['ADMIN_PASSWORD', '123456', 'a password'],
      ['SESSION_SECRET', 'changeme', 'a secret'],
      ['SECRET_KEY_BASE', 'b1946ac92492d2347c6235b4d2611184', 'a secret'],
      ['RAILS_MASTER_KEY', '591785b794601e212b260e25925636fd', 'a key'],
      ['APP_KEY', `base64:${mixed}${mixed}`, 'a Laravel key'],
      ['SEARCH_APIKEY', '4f9a7c2e81b3', 'a key'],
      ['searchApiKey', '4f9a7c2e81b3', 'a key'],
      ['DEPLOY_TOKEN', 'ops-2026-7f3a', 'a token'],
      ['PRIVATE_KEY', '-----BEGIN RSA PRIVATE KEY-----', 'a private key'],
      ['SOMETHING', `gh${'p_'}0123456789abcdefghijABCDEFGHIJ012345`, 'a GitHub token'],
      ['SOMETHING', `glpat${'-'}0123456789abcdefghij`, 'a GitLab token'],
      ['SOMETHING', `xoxb${'-'}012345678901-abcdefghij`, 'a Slack token'],
      [
        'SOMETHING',
        `https://hooks.slack.com${'/services/'}T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX`,
        'a Slack webhook',
      ],
      ['SOMETHING', `sk_${'live_'}0123456789abcdef`, 'a Stripe key'],
      ['SOMETHING', `AGE-SECRET${'-KEY-1'}QQQQQQQQQQQQQQQQQQQQQQ`, 'an age secret key'],
      ['SOMETHING', `eyJhbGciOiJIUzI1NiJ9${'.'}eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlc2lnbmF0dXJl`, 'a signed token (JWT)'],
      ['DATABASE_URL', 'postgres://shop:hunter2@db.example.net/shop', 'a password in a URL'],
      ['CACHE_URL', 'redis://:hunter2@cache.example.net:6379', 'a password in a URL'],
      ['SOMETHING', mixed, 'a random key'],
    ];
    for (const [name, value, what] of secrets) {
      it(`shows ${what} in ${name}`, () => {
        assert.deepEqual(shown(inEnv(name, value)), [`${name} in env of app.web holds what looks like ${what}`]);
      });
    }

    const ordinary: readonly (readonly [name: string, value: string])[] = [
      ['DB_PASSWORD', '${secret.DB_PASSWORD}'],
      ['DB_PASSWORD', ''],
      ['DB_PASSWORD', '<password>'],
      ['DB_PASSWORD', '********'],
      ['DB_PASSWORD', '$DB_PASS'],
      ['DB_PASSWORD_FILE', '/run/secrets/db'],
      ['SSL_KEY', '/etc/ssl/private/shop.key'],
      ['API_KEY', './keys/api'],
      ['PASSWORD_RESET_URL', 'https://shop.example.com/reset'],
      ['PASSWORD_MIN_LENGTH', '12'],
      ['PASSWORD_AUTH', 'scram-sha-256'],
      ['REQUIRE_PASSWORD', 'true'],
      ['CSRF_TOKEN', 'enabled'],
      ['TOKEN_TTL', '3600'],
      ['REFRESH_TOKEN', '30d'],
      ['ACCESS_TOKEN', '3600'],
      ['TOKEN_URL', 'https://login.example.com/oauth/token'],
      ['AUTH_TOKEN', 'https://login.example.com/token'],
      ['SECRET_NAME', 'shop/production/database'],
      ['CACHE_KEY', 'products'],
      ['SORT_KEY', 'created_at'],
      ['SITE_KEY', mixed],
      ['STRIPE_PUBLISHABLE_KEY', `pk_${'live_'}0123456789abcdef`],
      ['VAPID_PUBLIC_KEY', `${mixed}${mixed}`],
      ['SUPABASE_ANON_KEY', mixed],
      ['SENTRY_DSN', 'https://4f9a7c2e81b34f9a7c2e81b34f9a7c2e@o1.ingest.sentry.io/2'],
      ['DATABASE_URL', '${database.main.url}'],
      ['DATABASE_URL', 'postgres://shop:${secret.DB_PASSWORD}@db.example.net/shop'],
      ['DATABASE_URL', 'postgres://shop@db.example.net/shop'],
      ['DATABASE_URL', 'postgres://$USER:$PASSWORD@db.example.net/shop'],
      ['ASSET_HOST', 'https://${bucket.static.host}'],
      ['RELEASE', '3f786850e387550fdab836ed7e6dc881de23001b'],
      ['IMAGE_DIGEST', 'sha256:b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'],
      ['SRI', 'sha384-oqVuAfXRKap7fdgcCY5uykM6R9GqQ8KuxY9rx7HNQlGYl1kPzQho1wx4JwY8wC'],
      ['TENANT', '123e4567-e89b-12d3-a456-426614174000'],
      ['CLIENT_ID', '407408718192-a8b7c6d5e4f3g2h1.apps.googleusercontent.com'],
      ['JAVA_OPTS', '-Xmx512m -XX:+UseG1GC -Dfile.encoding=UTF-8'],
      ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'],
      ['RACK_MULTIPART_BUFFER_SIZE', '16384'],
      ['CORS_ORIGINS', 'https://shop.example.com,https://www.example.com'],
      ['DJANGO_SETTINGS_MODULE', 'shop.settings.production'],
      ['LOCALE', 'de_DE.UTF-8'],
      ['FEATURES', 'NewCheckoutFlow2026ForAllCustomersInEurope'],
      ['REPORT', 'MonthlyRevenueReportByRegionAndProduct2025Q4'],
      ['GA_MEASUREMENT', 'G-ABCDEF1234'],
      ['TZ', 'Europe/Berlin'],
      ['GREETING', 'Bitte geben Sie Ihr Passwort ein'],
    ];
    for (const [name, value] of ordinary) {
      it(`says nothing of ${name}=${value}`, () => assert.deepEqual(shown(inEnv(name, value)), []));
    }
  });

  it('looks at each line of a file, and marks the secret alone', () => {
    const text = `${head}apps:
  web:
    run: { container: "ghcr.io/acme/shop:1" }
    files:
      /etc/shop.ini:
        content: |
          [smtp]
          user = shop
          password = "hunter2"
          password_file = /etc/shop/password
          token_ttl = 3600
          url: postgres://shop:hunter3@db.example.net/shop
          secret: \${secret.SHOP}
`;
    assert.deepEqual(marked(text), ['hunter2', 'hunter3']);
  });

  it('tells of a secret once, however many aliases repeat it', () => {
    const text = topology(
      'env: &env { DB_PASSWORD: hunter2 } }\n  api: { run: { container: "ghcr.io/acme/api:1" }, env: *env',
    );
    assert.deepEqual(marked(text), ['hunter2']);
  });

  it('is told in one way where a field takes the name of a secret', () => {
    const text = topology(
      'run: { container: "ghcr.io/acme/shop:1", registry: { user: x, password: hunter2 } }',
    ).replace('run: { container: "ghcr.io/acme/shop:1" }, ', '');
    assert.deepEqual(shown(text), ['password of app.web holds what looks like a password or key']);
    assert.deepEqual(
      analyse(text).diagnostics.filter(({ code }) => code.startsWith('reference/')),
      [],
    );
  });

  it('never repeats a secret', () => {
    const secret = `gh${'p_'}0123456789abcdefghijABCDEFGHIJ012345`;
    const places = [
      topology(`env: { X: ${secret} }`),
      topology(`env: { X_PASSWORD: ${secret} }`),
      topology(`files: { /etc/x: { content: "token = ${secret}" } }`),
      topology('').replace('name: shop', `name: shop\nlabels: { x: ${secret} }`),
      `${topology('')}terraform: { backend: { http: { address: "https://x:${secret}@example.com" } } }\n`,
      `${topology('')}alerts: { webhook: "https://example.com/${secret}" }\n`,
      topology(`release: { before: "TOKEN=${secret} ./migrate" }`),
    ];
    for (const text of places) {
      const found = analyse(text).diagnostics.filter(({ code }) => code === 'secret/in-plain-sight');
      assert.equal(found.length, 1, text);
      for (const { message, label, related, fixes } of found) {
        assert.ok(!JSON.stringify([message, label, related, fixes]).includes(secret), message);
      }
    }
  });
});

const head = 'topology: v1\nname: shop\nregion: fsn1\naccess: { ssh_keys: [a.pub], ssh_from: [198.51.100.0/24] }\n';

function topology(fields: string): string {
  return `${head}apps:\n  web: { run: { container: "ghcr.io/acme/shop:1" }, ${fields} }\n`;
}

function inEnv(name: string, value: string): string {
  return topology(`env: { ${name}: ${JSON.stringify(value)} }`);
}

/** What is said of secrets, without the advice. */
function shown(text: string): string[] {
  return analyse(text)
    .diagnostics.filter(({ code }) => code === 'secret/in-plain-sight')
    .map(({ message }) => message.replace(/: (write|remove) .*/, ''));
}

function marked(text: string): string[] {
  return analyse(text)
    .diagnostics.filter(({ code }) => code === 'secret/in-plain-sight')
    .map(({ span }) => text.slice(span.start, span.end));
}
