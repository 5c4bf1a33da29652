import { a as FinalizeCacheError, c as restoreCache, i as CacheWriteDeniedError, l as saveCache, n as CACHE_WRITE_DENIED_PREFIX, o as ReserveCacheError, r as CacheReadDeniedError, s as ValidationError, t as CACHE_READ_DENIED_PREFIX } from "../cache.js";

export { restoreCache, saveCache };