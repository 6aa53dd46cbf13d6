-- Who does the server take the signed-in user for, and is that an administrator?
SELECT auth.uid()::text AS id,
       coalesce(has_role(auth.uid(), 'admin'), false) AS is_admin;
