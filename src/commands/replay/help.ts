// What `replay --help` teaches below its options.

export const replayHelp = `
Examples:
  $ misskey-hooks replay last --to http://127.0.0.1:3000/hook
  $ misskey-hooks replay c33f --set note.text="" --new-event-id
  $ misskey-hooks replay last --edit
  $ misskey-hooks replay --since 10m --event mention --speed 1        with the pauses as they were
  $ misskey-hooks replay 'event == "reply" and body.note.localOnly' --limit 10
  $ misskey-hooks replay saved.ndjson --to http://127.0.0.1:3000/hook --expect 2xx --json

Secrets aren't kept: give the one to send with --secret, --secret-file, MISSKEY_HOOKS_SECRET or the project's file. The
first of these that there is counts; the hooks of an account aren't asked. For a listen on this machine that made up its
own, none is needed.
Without a change the body goes out byte for byte, with the headers in their order and case; Host and what else speaks of
the connection is made anew. --to without a path keeps the one that the delivery came to.

Ends with 0 when every answer is as expected, 1 when one isn't, 2 for a capture that isn't there or isn't unique, 3 when
the handler doesn't answer.

With --json, a line each: {ok, id, url, recorded: {status}, answered: {status, ms, body}, bytes}; body is what a
refusal says, shortened; status is null without an answer, and answered.error says why.`;
