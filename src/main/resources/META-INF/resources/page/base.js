/** Where the page is: the service may be served below a path, such as /sea behind a custom domain's path mapping. */

/** Stands before each path of the service, such as "/sea"; usually empty. The script is <base>/assets/<version>/main.js. */
export const base = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
