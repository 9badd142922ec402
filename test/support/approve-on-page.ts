// What a person's browser does on the page of MiAuth: shows it, takes its form's token and sends the form from there.

/** Approves. Needs nothing but what Node brings, so that its text can also be a program of its own. */
export async function approveOnPage(page: string, userId: string): Promise<void> {
  const html = await (await fetch(page)).text();
  const token = /name="token" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const answered = await fetch(page, {
    method: "POST",
    headers: { origin: new URL(page).origin, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ token, user: userId, answer: "approve" }),
    redirect: "manual",
  });
  if (answered.status >= 400) throw new Error(`not approved: ${answered.status} ${await answered.text()}`);
}
