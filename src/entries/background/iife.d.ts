// Scripts for pages are imported as `?iife`: the module is the name of the built file, for executeScript.
declare module '*?iife' {
  const fileName: string;
  export default fileName;
}
