/** What the command needs from the studio's code, bundled for Node. */
export { readMotion } from './read-motion';
export { sheetData } from './sheet-content';
export { watchingReport } from './watching-report';
