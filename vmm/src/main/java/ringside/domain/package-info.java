/** Domains and vCPUs: building, running, stopping and reporting on them. */
package ringside.domain;
