// What `listen --help` teaches below its options.

export const listenHelp = `
Examples:
  $ misskey-hooks listen                                   on http://127.0.0.1:4649/, with a secret made up
  $ misskey-hooks listen --secret-file ./hook-secret       with your hook's; an argument could be seen by others here
  $ misskey-hooks listen --secret old --secret new         both count, while a secret is rotated
  $ misskey-hooks listen --as misskey --strict             as strict as can be: 422 for what Misskey doesn't send
  $ misskey-hooks listen --count 1 --timeout 30s --on mention --json     for scripts
  $ misskey-hooks listen --forward-to http://127.0.0.1:3000/hook         checks, and hands on to your handler
  $ misskey-hooks listen --route mention,reply=http://127.0.0.1:3000/hook --forward-secret BOT_SECRET
                                                           these events alone, with the handler's own secret
  $ misskey-hooks listen --forward-to http://127.0.0.1:3000/hook --answer pass     the server hears what your handler says
  $ misskey-hooks listen --respond 500x2,204 --respond mention=reset               fails on purpose, to see what a server does
  $ misskey-hooks listen --public-url https://tunnel.example/ --borrow bot
                                                           the hook bot delivers here until Ctrl-C
  $ misskey-hooks listen --from-stream --forward-to http://127.0.0.1:3000/hook --secret-file ./hook-secret
                                                           real events of your account, with no public URL

Without --path every path is answered, with it that one alone.

How a request is answered, the first that applies:
  404 another path              405 not a POST        415 neither JSON nor text/plain
  413 over --max-body           401 secret missing or wrong
  400 not JSON                  422 errors found, with --strict         204 everything else
  (400, 408 and 431 also for what is no HTTP, too slow, or has too many headers)

What is accepted goes on to every --forward-to, and to each --route of its event: the body byte for byte, the headers in
their order and case without those of the connection, Host made anew. Routes in the project's file count when neither is
given; "where" there chooses as --where does. --forward-secret names a variable or a file. With --answer pass the worst
handler's status is the answer, 502 when one can't be reached, 504 when it is too late; otherwise the answer is given at
once. --forward-unverified hands on what was refused with its body read (400, 401, 422): it stays refused, and keeps the
secret that it came with.

Faults: --respond gives its answers in turn, a status, drop (none at all) or reset, each N times with xN; the last one
without xN holds from then on, and after one with xN the answers are real again. A script for an event counts apart.
What is refused anyway takes no part. Every line says "simulated", and it isn't counted as refused.

With --from-stream the bodies are real and the envelopes made up: hookId is "from-stream", eventId and createdAt are
new. They are made in the dialect of --as (default: the instance's) and carry the first secret. It comes back by itself
when the connection is lost. --on chooses which events are taken, as a hook would.

With --public-url the instance delivers here by a temporary hook with the events of --on (default: all), which is
deleted in the end, or by the one of --borrow, which keeps its secret and gets its URL back: on Ctrl-C, on errors, and
after a kill -9 when the next misskey-hooks command starts. What that takes is noted in a file for your eyes alone
until then: where the token is, or the token itself where only the environment or standard input had it.

What comes is kept before it is answered, refused deliveries too, for the commands captures and replay: outside the
project, for your eyes alone, secrets replaced by fingerprints, the latest 256 MiB of 30 days. --no-capture keeps nothing.

How it ends:
  0   --count was reached, and nothing was rejected, unexpected or had errors
  1   something was, or a --forward-to answered something else than 2xx
  3   --timeout ran out before --count deliveries came, or any without --count; the stream was lost for good
  130 Ctrl-C

With --json, the first line is {"kind":"ready","url":…}, with "secret" when it was made up; then one
{"kind":"delivery",…} for each (with "payload" after --show), {"kind":"forward",…} for each answer of a handler,
{"kind":"stream","state":…} when a connection comes and goes, and
{"kind":"end","reason":"count|timeout|signal|failed","counts":…}.
With --quiet, only deliveries that were rejected or have findings are told.`;
