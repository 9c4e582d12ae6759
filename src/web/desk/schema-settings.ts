import { config } from 'zod';

// Zod would compile its checks with `new Function`, which the server's content policy forbids. Without this setting it
// tries once, and every page reports a violation.
config({ jitless: true });
