// The import rule of the house, as lint: a room imports only from the floors below its own, and from another
// room only what its index offers. CONTRIBUTING.md draws the same picture in words.
const floors = [
  ["protocol"],
  ["samples", "reporters", "terminal", "network", "query", "files"],
  ["delivery", "forward", "receiver", "captures", "instance", "config"],
  ["sandbox", "conformance", "doctor", "webhooks", "pipeline"],
  ["relay", "inspector", "scenarios", "load"],
  ["commands"],
  ["cli"],
  ["entry"],
];
/** The one room that may use a neighbour: what is handed on is delivered. */
const neighbourOf = { forward: "delivery" };
const anyOf = (names) => `(${names.join("|")})`;

const downwards = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    name: `floors/${room}`,
    comment: `src/${room}/ is on floor ${floor}: it may import from lower floors and from src/errors.ts only.`,
    severity: "error",
    from: { path: `^src/${room}/` },
    to: {
      path: `^src/${anyOf(
        floors
          .slice(floor)
          .flat()
          .filter((other) => other !== room && other !== neighbourOf[room]),
      )}/`,
    },
  })),
);

// The floors inside a room, lowest first. What stands on one floor doesn't know its neighbours. index.ts is above all.
const subFloors = {
  sandbox: [
    ["chance", "guard", "world"],
    ["entities"],
    ["actions", "stream", "miauth"],
    ["api"],
    ["actor"],
    ["contract"],
    ["queue", "script"],
    ["state", "server"],
    ["sandbox"],
  ],
  conformance: [
    ["probe", "schema"],
    ["deliveries", "judgement", "drift"],
    ["handler"],
    ["effects"],
    ["check-context"],
    ["checks"],
    ["run"],
  ],
};

/** A sub-room is a folder, or a file of that name. */
const subRoom = (room, names) => `^src/${room}/${anyOf(names)}(/|\\.ts$)`;

const insideRooms = Object.entries(subFloors).flatMap(([room, layers]) => [
  ...layers.flatMap((names, layer) =>
    names.map((name) => ({
      name: `floors/${room}/${name}`,
      comment: `src/${room}/${name} is on floor ${layer} of its room: it may import from lower floors of it only.`,
      severity: "error",
      from: { path: subRoom(room, [name]) },
      to: {
        path: `${subRoom(
          room,
          layers
            .slice(layer)
            .flat()
            .filter((other) => other !== name),
        )}|^src/${room}/index\\.ts$`,
      },
    })),
  ),
  {
    name: `floors/${room}/none`,
    comment: `This part of src/${room}/ has no floor yet: give it one in .dependency-cruiser.js.`,
    severity: "error",
    from: { path: `^src/${room}/`, pathNot: [subRoom(room, layers.flat()), `^src/${room}/index\\.ts$`] },
    to: {},
  },
]);

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...downwards,
    ...insideRooms,
    {
      name: "through-the-index",
      comment:
        "Another room is entered through its index.ts. (cli/ loads each command's own file, an entry its words.)",
      severity: "error",
      from: {
        path: "^src/([^/]+)",
        pathNot: "^src/errors\\.ts$",
      },
      to: {
        path: "^src/([^/]+)/",
        pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", "^src/reporters/messages/(index|en)\\.ts$", "^src/commands/"],
      },
    },
    {
      name: "protocol-is-pure",
      comment: "protocol/ does no I/O: it imports zod and nothing else.",
      severity: "error",
      from: { path: "^src/protocol/" },
      to: { pathNot: ["^src/(protocol/|(errors|mask|printable|parse-json)\\.ts$)", "node_modules/zod/"] },
    },
    {
      name: "receiver-core-is-pure",
      comment: "receiver/core/ runs in every runtime: it imports protocol/ and errors.ts, and nothing of Node.",
      severity: "error",
      from: { path: "^src/receiver/core/" },
      to: { pathNot: "^src/(receiver/core/|protocol/index\\.ts$|errors\\.ts$)" },
    },
    {
      name: "receiver-web-is-no-node",
      comment: "receiver/web/ is for the runtimes without Node's modules.",
      severity: "error",
      from: { path: "^src/receiver/web/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "errors-stand-alone",
      comment:
        "Everybody imports errors.ts, mask.ts, printable.ts and parse-json.ts, so they import nothing; errors.ts knows the types of words.",
      severity: "error",
      from: { path: "^src/(errors|mask|printable|parse-json)\\.ts$" },
      to: { pathNot: "^src/reporters/messages/(en|fact|words)\\.ts$" },
    },
    {
      name: "errors-know-no-words",
      comment:
        "Of the messages errors.ts knows the types alone: the sentences are loaded when there is an error to show.",
      severity: "error",
      from: { path: "^src/errors\\.ts$" },
      to: { path: "^src/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-circles",
      comment: "Two files that need each other are one file, or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "An import that resolves to nothing.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
