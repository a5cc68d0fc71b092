//! The HTTP client of Clerk's Backend API: encode, pace, send, decode.
