// Errors speak English in every test, as they do for whoever imports the library.
import { en } from "../../src/reporters/messages/en.js";
import { speak } from "../../src/reporters/messages/index.js";

speak(en);
