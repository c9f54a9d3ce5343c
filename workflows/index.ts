export { courier } from "./courier";
export { ticket } from "./ticket";
