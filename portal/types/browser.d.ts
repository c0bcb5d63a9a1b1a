// What browsers have and TypeScript's own declarations lack.
declare const documentPictureInPicture: {
  requestWindow(size: { width: number; height: number }): Promise<Window>;
};
