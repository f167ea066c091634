// The desk: cards are carried, keys work, the sheet opens over the board. Without this
// file every card has a page with the same steps, and the tabs are links.

import { startCarrying } from "./carry.js";
import { startColumns } from "./columns.js";
import { startKeys } from "./keys.js";
import { startSheet } from "./sheet.js";
import { startTicking } from "./ticking.js";

startColumns();
startSheet();
startCarrying();
startTicking();
startKeys();
