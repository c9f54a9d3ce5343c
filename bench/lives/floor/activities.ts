export const floorActivities = {
  /** Stands for a mail, and sends none. */
  async tell(): Promise<void> {},
};
