// In the place of the browser's extension API: the page is no extension, and what it measures asks nothing of one.
export default {};
