import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * How members are asked, for the programs that do: over TLS, certified on both sides. They import \`concurrent.futures\`, \`http.client\`, \`json\` and \`ssl\`,
 * and set \`PAIR\` and \`AUTHORITY\`.
 */
export const asking: Text = text`
ANSWER_SECONDS = 2


def in_parallel(work, members):
    if not members:
        return []
    with concurrent.futures.ThreadPoolExecutor(len(members)) as pool:
        return list(pool.map(work, members))


def ask_all(settings):
    """What each other member says of itself, None for those that do not answer."""
    answers = in_parallel(lambda member: ask(member, "GET", "/state"), settings["others"])
    return {member["key"]: answer for member, answer in zip(settings["others"], answers)}


def ask(member, method, path, body=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(AUTHORITY)
    context.load_cert_chain(PAIR)
    connection = http.client.HTTPSConnection(member["address"], member["port"], timeout=ANSWER_SECONDS, context=context)
    try:
        connection.request(method, path, None if body is None else json.dumps(body))
        answer = connection.getresponse()
        return json.loads(answer.read()) if answer.status == 200 else None
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
`;
