// The approval page: plain HTML that works without scripts and with a keyboard. What an app says of itself is shown as
// text, whatever it holds.
import type { User } from "../world/records.js";

/** What an app asks for in the page's address. */
export interface AuthRequest {
  readonly session: string;
  readonly name: string | null;
  readonly permission: readonly string[];
  /** Where the browser goes after approval; null to stay. */
  readonly callback: URL | null;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { max-width: 30rem; margin: 4rem auto; padding: 0 1rem }
  h1 { font-size: 1.4rem; overflow-wrap: anywhere }
  code { font-size: 0.95em }
  label, ul { display: block; margin: 1rem 0 }
  select, button { font: inherit; padding: 0.4rem 0.9rem }
  .note { opacity: 0.75; font-size: 0.9rem }
`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

/** A page that says one thing. */
export function messagePage(title: string, text: string): string {
  return page(title, `<h1>${escape(title)}</h1>\n<p>${escape(text)}</p>`);
}

/** The page that asks: who approves, and what the app may then do. */
export function approvalPage(
  { name, permission, callback }: AuthRequest,
  users: readonly User[],
  formToken: string,
): string {
  const title = `${name === null || name === "" ? "An app" : name} asks for access`;
  // Alice is the one that a person trying things out means; an administrator's token is the one to be careful with.
  const options = users.map(({ id, username }) => {
    const selected = username === "alice" ? " selected" : "";
    return `<option value="${escape(id)}"${selected}>${escape(username)}</option>`;
  });
  const permissions =
    permission.length === 0
      ? "<p>It asks for no permission.</p>"
      : `<p>It would be allowed:</p>\n<ul>\n${permission.map((entry) => `<li><code>${escape(entry)}</code></li>`).join("\n")}\n</ul>`;
  const after =
    callback === null ? "" : `<p class="note">Afterwards you go to ${escape(callback.host || callback.href)}.</p>`;
  return page(
    title,
    `<h1>${escape(title)}</h1>
${permissions}
<form method="post">
<input type="hidden" name="token" value="${escape(formToken)}">
<label>Account <select name="user">${options.join("")}</select></label>
<button name="answer" value="approve">Approve</button>
<button name="answer" value="deny">Deny</button>
</form>
${after}
<p class="note">This is a sandbox: its accounts are made up.</p>`,
  );
}
