export { alert } from "./alert";
export { bulk } from "./bulk";
export { courier } from "./courier";
export { mail } from "./mail";
export { notices } from "./notices";
export { retraining } from "./retraining";
export { ticket } from "./ticket";
export { watch } from "./watch";
export { webhook, webhookTrial } from "./webhook";
