// docs/checks.md: every check, from the checks themselves.
import { type Check, checks } from "../src/conformance/index.js";

function section({ id, title, severity, level, sends, expects, why, fix }: Check): string {
  const anchor = id.replaceAll(".", "-").toLowerCase();
  return [
    `### <a id="${anchor}"></a>\`${id}\`: ${title}`,
    "",
    `${severity === "error" ? "An error" : "A warning"}, from level \`${level}\` on.`,
    "",
    `- **Sends** ${sends}`,
    `- **Expects** ${expects}`,
    `- **Why** ${why}`,
    `- **Fix** ${fix}`,
  ].join("\n");
}

const introduction = `# What \`misskey-hooks check\` checks

<!-- Written by npm run docs from src/conformance/checks/. -->

\`misskey-hooks check <url> --secret-file secret.txt --on note,mention\` plays an instance against a handler. Each check has a
stable id: \`--only\` and \`--skip\` take ids and themes (\`secret\`), \`--explain <id>\` shows what is written here, and a
baseline accepts findings by id.

How answers are judged follows what the sender does with them (Misskey 2026.3.2): a 2xx is delivered, a 4xx is final, a 429,
a 5xx and no answer within 5 s come back, four times in all. A wrong secret should be answered with a 401; a 2xx for it is
compared with the answer to the right one. It is an error where another wrong secret is refused, where the handler was seen
to act on it, or where it then answers the same event with the right secret as one that it has dealt with.

Where nothing tells them apart, \`secret.wrong\` says so once for all wrong secrets, as **not proved** (\`?\`): such a handler
may ignore them in silence, or never look at the secret at all. That is no pass. The secret is all that keeps strangers out,
so from level \`standard\` on (which the Action uses) a run that can't prove it ends with 1, though nothing was seen to fail.
There are three ways on: answer 401; let the run see what the handler does, with \`--observe\` or \`--outbound\`; or accept it
knowingly, with \`--baseline\`. At level \`basic\`, for a first look, it is shown and doesn't count; with
\`--require-rejection\`, and at level \`strict\`, it is an error. A run of which nobody said what the secret is ends with 2 for
the same reason, unless it is said that there is none (\`--secret ''\`) or that it shall not be looked at (\`--skip secret\`).

Others can be not proved as well, such as whether a repeated event was acted on once. They have the same mark and are
counted, and don't change how the run ends, unless it has nothing else to show: a run that tested nothing ends with 2, or
with 3 when the time or the handler ended it.

An error means that an instance's events are lost or repeated, or that a stranger can make the handler act. What no instance
sends to such a hook (broken JSON, a GET, an envelope without \`server\`) is worth a warning, unless the process ends over it.

What can't be seen from outside, namely whether the handler acted, is seen with \`--observe <url>\` (a counter of the
handler's own) or \`--outbound\` (a sink to point the handler's own calls at). It looks among the
samples for a delivery that the handler acts on, since doing nothing proves nothing of a handler that acts on none; what
needs several calls for one event counts as done once. An event of \`--on\` that it accepts and never acts on is a warning.

| level | runs |
|---|---|
| \`basic\` | what every handler needs: it is alive, accepts its events, looks at the secret, answers in time |
| \`standard\` | everything below; the default |
| \`strict\` | the same, and every warning fails |
`;

/** The whole page. */
export function renderChecksPage(): string {
  const themes = [...new Set(checks.map(({ id }) => id.split(".", 1)[0] ?? id))];
  const parts = themes.map((theme) => {
    const own = checks.filter(({ id }) => id.startsWith(`${theme}.`));
    return [`## ${theme}`, ...own.map(section)].join("\n\n");
  });
  return `${[introduction.trimEnd(), ...parts].join("\n\n")}\n`;
}
